"""Makes a backup of one tier and reports it to Langfuse, as a trace 'backup_operation' with the score 'backup_success'.

    python3 backup_with_tracing.py daily

Needs what backup.sh needs, Langfuse's library (pip install langfuse) and its LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY and
LANGFUSE_BASE_URL. Without any library the plugin reports by itself: notify.langfuse.url and the settings beside it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict

from langfuse import get_client, observe

BACKUP = Path(__file__).resolve().parent / "backup.sh"


@observe(name="backup_operation")
def backup_with_tracing(backup_type: str) -> int:
    """Makes a backup of that tier, which keeps the id of this trace; gives the exit code, 0 for success."""
    langfuse = get_client()
    command = [str(BACKUP), backup_type, "--trace-id", langfuse.get_current_trace_id(), "--json"]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    langfuse.update_current_span(metadata=figures(result.stdout))
    langfuse.score_current_trace(
        name="backup_success", value=1 if result.returncode == 0 else 0, data_type="BOOLEAN", comment=backup_type
    )
    return result.returncode


def figures(said: str) -> Dict[str, Any]:
    """What the backup holds and took, or why there is none; nothing without an answer, as when no server runs."""
    row = json.loads(said) if said.strip() else {}
    if not row.get("success"):
        return {name: row[name] for name in ("code", "message") if name in row}
    return {
        "file": row["file"],
        "episodes_before": row["episodesBefore"],
        "episode_count": row["episode_count"],
        "backup_size_mb": row["size_bytes"] / 1024 / 1024,
        "duration_seconds": row["duration_ms"] / 1000,
    }


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("backup_with_tracing.py <tier>")
    exit_code = backup_with_tracing(sys.argv[1])
    get_client().flush()
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
