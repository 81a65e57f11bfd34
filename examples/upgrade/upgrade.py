"""How an application backs up its graph before an upgrade and goes back when that fails, and how it guards a risky operation.

To be copied into an application. By itself, with Neo4j's driver (pip install neo4j) and the password in NEO4J_PASSWORD:

    python3 upgrade.py bolt://localhost:7687 before 1.5.0
    python3 upgrade.py bolt://localhost:7687 rollback /…/fullbackup/ign_scripts_db_backup_….json
"""

import os
import sys
from pathlib import PurePath
from typing import Any, Callable, Mapping, Tuple

from neo4j import Driver, GraphDatabase, Record


class UpgradeError(Exception):
    """The upgrade must not begin."""


class RollbackError(Exception):
    """The graph is as the upgrade has left it."""


def before_upgrade(driver: Driver, new_version: str) -> str:
    """Before the first step of an upgrade; gives the path of the backup, to be kept for rollback_upgrade."""
    success, backup_path = create_full_backup(
        driver, f"Pre-upgrade backup before v{new_version}", {"tier": "pre-upgrade", "pin": True}
    )
    if not success:
        raise UpgradeError("Failed to create pre-upgrade backup") from Exception(backup_path)
    return backup_path


def rollback_upgrade(driver: Driver, backup_path: str) -> None:
    """When a step of the upgrade has failed."""
    success, message = restore_from_backup(driver, backup_path)
    if not success:
        raise RollbackError(f"Failed to rollback: {message}")


def risky_operation(driver: Driver, perform_bulk_data_operation: Callable[[], None]) -> None:
    """Does something that may go wrong half-way; if it does, the graph is as it was before.

    The backup is pinned meanwhile, so that no other displaces it.
    """
    success, backup_path = create_full_backup(driver, "Before pattern analysis update", {"pin": True})
    if not success:
        raise Exception(f"Backup failed: {backup_path}")
    try:
        perform_bulk_data_operation()
    except Exception:
        rollback_upgrade(driver, backup_path)
        raise
    call(driver, "CALL ign.backup.unpin($file)", file=PurePath(backup_path).name)


def create_full_backup(driver: Driver, reason: str, options: Mapping[str, Any]) -> Tuple[bool, str]:
    """Whether it was made; and its path, or why not."""
    row = call(driver, "CALL ign.backup.create($reason, $options)", reason=reason, options=dict(options))
    return outcome(row, "path")


def restore_from_backup(driver: Driver, backup_path: str) -> Tuple[bool, str]:
    """Restores the backup of that path or name: whether it was done, and what, or why not."""
    row = call(driver, "CALL ign.backup.restore($file, {confirm: true})", file=PurePath(backup_path).name)
    return outcome(row, "message")


def outcome(row: Record, column: str) -> Tuple[bool, str]:
    if row["success"]:
        return True, row[column]
    return False, f"{row['message']}. {row['hint'] or ''}"


def call(driver: Driver, statement: str, **parameters: Any) -> Record:
    """On 'system': a restore stops the other database for a moment, and a session there would not see the answer."""
    with driver.session(database="system") as session:
        return session.run(statement, parameters).single(strict=True)


def main() -> None:
    if len(sys.argv) != 4 or sys.argv[2] not in ("before", "rollback"):
        sys.exit("upgrade.py <address> before <version> | <address> rollback <path>")
    address, step, what = sys.argv[1:]
    with GraphDatabase.driver(address, auth=("neo4j", os.environ.get("NEO4J_PASSWORD", ""))) as driver:
        if step == "before":
            print(before_upgrade(driver, what))
        else:
            rollback_upgrade(driver, what)


if __name__ == "__main__":
    main()
