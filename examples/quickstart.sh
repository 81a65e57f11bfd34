#!/usr/bin/env bash
# Shows the plugin at work: starts a real Neo4j Community server on this machine, loads a sample graph, makes a backup,
# deletes everything, restores it, and compares. Needs a JDK from 17 on and Maven, and a network the first time.
#
#   examples/quickstart.sh            does all this and stops the server
#   examples/quickstart.sh --keep     leaves the server running and says how to reach and how to stop it
#
# NEO4J_VERSION   5.26.30 (default) or 2026.08.1, which needs a JDK from 21 on in JAVA_HOME
# BOLT_PORT, HTTP_PORT   ports on 127.0.0.1; without them free ones are taken
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

keep=no
for argument in "$@"; do
    case $argument in
        --keep) keep=yes ;;
        -h | --help)
            sed -n '2,9s/^# \{0,1\}//p' examples/quickstart.sh
            exit 0
            ;;
        *)
            echo "unknown argument '$argument'; there is only --keep" >&2
            exit 2
            ;;
    esac
done

version=${NEO4J_VERSION:-5.26.30}
shell_version=5.26.30
browser_version=5.24.0
libraries=target/servers/$version/lib
shell_libraries=target/servers/cypher-shell-$shell_version/lib
browser_libraries=target/servers/neo4j-browser-$browser_version/lib
home=$PWD/target/quickstart/neo4j-$version
server=''

fail() {
    printf 'quick start failed: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 1
}

step() {
    printf '\n%s\n' "$1"
}

say() {
    printf '   %s\n' "$@"
}

# --- what must be there -------------------------------------------------------------------------------------------------

find_java() {
    local home=${JAVA_HOME:-}
    if [ -z "$home" ]; then
        local javac
        javac=$(command -v javac) || fail "no JDK found" \
            "Install a JDK from 17 on, and put it on the PATH or name its folder in JAVA_HOME."
        home=$(dirname "$(dirname "$(realpath "$javac")")")
    fi
    { [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ]; } || fail "there is no JDK in $home" \
        "JAVA_HOME must name the folder of a JDK (not only a JRE) from 17 on."
    export JAVA_HOME=$home
    local line
    line=$("$home/bin/java" -version 2>&1 | grep -m 1 'version "') || fail "$home/bin/java does not tell its version"
    line=${line#*\"}
    jdk=${line%%[.\"+-]*}
}

check_tools() {
    find_java
    local least=17
    case $version in
        5.26.*) ;;
        2026.08.*) least=21 ;;
        *) fail "Neo4j $version is not supported" "Leave NEO4J_VERSION out, or set it to 5.26.30 or 2026.08.1." ;;
    esac
    [ "$jdk" -ge "$least" ] || fail "Neo4j $version needs a JDK from $least on, but $JAVA_HOME is JDK $jdk" \
        "Name the folder of a newer one in JAVA_HOME."
    command -v mvn > /dev/null || fail "Maven (mvn) is not on the PATH" "Install Maven from 3.8 on."
}

# Runs Maven and, when it fails, says why in its own words.
maven() {
    local log=target/quickstart/maven.log
    local offline='Could not transfer|Unknown ?[Hh]ost|Connection (refused|timed out)|Network is unreachable|in offline mode'
    if ! mvn -B -q -ntp -Dstyle.color=never "$@" > "$log" 2>&1; then
        if grep -qE "$offline" "$log"; then
            fail "Maven Central could not be reached: is there a network?" \
                "$(grep -m 1 -oE "($offline).*" "$log" | cut -c 1-300)" "All that Maven said: $log"
        fi
        fail "mvn $* failed" "$(grep -m 3 ERROR "$log" | cut -c 1-300 || true)" "All that Maven said: $log"
    fi
}

# --- getting ready ------------------------------------------------------------------------------------------------------

plugin_jar() {
    local jars=(plugins/ign-backup-*.jar)
    [ -e "${jars[0]}" ] && echo "${jars[0]}"
}

plugin_is_up_to_date() {
    local jar
    jar=$(plugin_jar) && [ -z "$(find pom.xml src/main -newer "$jar" -print -quit)" ]
}

build_plugin() {
    step "1. The plugin"
    if plugin_is_up_to_date; then
        say "$(plugin_jar) is up to date"
    else
        maven package -DskipTests -Dfast
        say "built $(plugin_jar)"
    fi
}

# The marker 'complete' is what the tests of the project look for, too: they share these folders.
assemble() {
    local pom=$1 its_version=$2 folder=$3
    if [ -e "$folder/complete" ]; then
        say "$folder is there"
    else
        rm -rf "$folder"
        maven -f "src/build/$pom/pom.xml" -Dneo4j.version="$its_version" -Dlib="$PWD/$folder/lib" package
        touch "$folder/complete"
        say "assembled $folder"
    fi
}

assemble_server() {
    step "2. Neo4j Community $version"
    assemble server "$version" "${libraries%/lib}"
    assemble cypher-shell "$shell_version" "${shell_libraries%/lib}"
    assemble browser "$browser_version" "${browser_libraries%/lib}"
}

is_taken() {
    (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

# Prints the given port, or a free one when none is given.
port() {
    local name=$1 given=$2 candidate
    if [ -n "$given" ]; then
        ! is_taken "$given" || fail "port $given ($name) on 127.0.0.1 is taken" "Set $name to another one, or leave it out."
        echo "$given"
        return
    fi
    for _ in {1..50}; do
        candidate=$((20000 + RANDOM % 12000))
        if ! is_taken "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "no free port found for $name" "Name one in $name."
}

refuse_second_server() {
    local id
    [ -e "$home/server.pid" ] || return 0
    id=$(cat "$home/server.pid")
    if kill -0 "$id" 2> /dev/null; then
        fail "the server of an earlier run is still there, as process $id" "Stop it first: kill $id"
    fi
}

make_home() {
    refuse_second_server
    bolt_port=$(port BOLT_PORT "${BOLT_PORT:-}")
    http_port=$(port HTTP_PORT "${HTTP_PORT:-}")
    [ "$bolt_port" != "$http_port" ] || fail "BOLT_PORT and HTTP_PORT are both $bolt_port" "Give two different ports."
    rm -rf "$home"
    mkdir -p "$home/conf" "$home/logs" "$home/plugins"
    ln -s "$PWD/$libraries" "$home/lib"
    cp "$(plugin_jar)" "$home/plugins/"
    cat > "$home/conf/neo4j.conf" << END
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:$bolt_port
server.bolt.advertised_address=127.0.0.1:$bolt_port
server.http.listen_address=127.0.0.1:$http_port
server.http.advertised_address=127.0.0.1:$http_port
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
END
    make_password
    make_shell
}

# --- the server and its tools -------------------------------------------------------------------------------------------

# A sandbox is not configured by what happens to stand in the environment.
clean_environment() {
    local name
    for name in $(compgen -e); do
        case $name in
            NEO4J_* | IGN_BACKUP_* | JAVA_TOOL_OPTIONS) unset "$name" ;;
        esac
    done
}

make_password() {
    local password
    password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
    (
        umask 077
        echo "$password" > "$home/password"
    )
    NEO4J_HOME=$home NEO4J_CONF=$home/conf "$JAVA_HOME/bin/java" -Xmx256m -XX:TieredStopAtLevel=1 -cp "$home/lib/*" \
        org.neo4j.server.startup.Neo4jAdminCommand dbms set-initial-password "$password" > "$home/logs/admin.log" 2>&1 ||
        fail "the password of user neo4j could not be set; see $home/logs/admin.log"
}

# cypher-shell of this server, for this script and for whoever keeps the server.
make_shell() {
    local quiet=''
    [ "$jdk" -lt 24 ] || quiet=' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'
    cat > "$home/cypher-shell" << END
#!/usr/bin/env bash
export NEO4J_USERNAME=neo4j NEO4J_PASSWORD=\$(cat '$home/password') NEO4J_ADDRESS=bolt://127.0.0.1:$bolt_port
exec '$JAVA_HOME/bin/java' -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC$quiet -cp '$PWD/$shell_libraries/*' org.neo4j.shell.Main "\$@"
END
    chmod +x "$home/cypher-shell"
}

cypher() {
    "$home/cypher-shell" --format plain --non-interactive "$@"
}

start_server() {
    step "3. The server"
    local main=org.neo4j.server.CommunityEntryPoint
    case $version in 2026.*) main=org.neo4j.server.Neo4jCommunity ;; esac
    local flags=(-Xms64m -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC)
    local part
    for part in java.nio java.io sun.nio.ch java.util.concurrent; do
        flags+=("--add-opens=java.base/$part=ALL-UNNAMED")
    done
    NEO4J_HOME=$home NEO4J_CONF=$home/conf setsid nohup "$JAVA_HOME/bin/java" "${flags[@]}" \
        -cp "$home/plugins/*:$home/lib/*:$PWD/$browser_libraries/*" "$main" "--home-dir=$home" "--config-dir=$home/conf" \
        < /dev/null > "$home/logs/console.log" 2>&1 &
    server=$!
    echo "$server" > "$home/server.pid"
    await_start
    say "Neo4j $version runs in JDK $jdk as process $server, on bolt://127.0.0.1:$bolt_port and http://127.0.0.1:$http_port"
    say "user neo4j, password $(cat "$home/password")"
}

await_start() {
    local deadline=$((SECONDS + 180))
    until grep -q ' Started\.' "$home/logs/neo4j.log" 2> /dev/null; do
        kill -0 "$server" 2> /dev/null || fail "the server did not start" "$(tail -n 3 "$home/logs/console.log")" \
            "More: $home/logs"
        [ "$SECONDS" -lt "$deadline" ] || fail "the server did not start within three minutes; see $home/logs"
        sleep 0.2
    done
}

stop_server() {
    [ -n "$server" ] || return 0
    kill "$server" 2> /dev/null || true
    local deadline=$((SECONDS + 60))
    while kill -0 "$server" 2> /dev/null; do
        [ "$SECONDS" -lt "$deadline" ] || kill -9 "$server" 2> /dev/null || true
        sleep 0.1
    done
    server=''
    rm -f "$home/server.pid"
}

# --- the demonstration --------------------------------------------------------------------------------------------------

# Says how many nodes and relationships there are, from what the script 'everything' or 'clear' has answered.
show_counts() {
    counts=$(sed -n '2s/"//gp' "$1")
    say "$counts"
}

# Calls a procedure that answers 'success' and 'message', shows the message, and fails unless it succeeded.
call() {
    local database=$1 statement=$2 answer
    say "$statement;"
    answer=$(cypher -d "$database" "$statement YIELD success, message, hint
                                    RETURN success, message + coalesce('. ' + hint, '') AS message" | tail -n 1 | tr -d '"') ||
        fail "$statement could not be called"
    case $answer in
        TRUE,*) say "→ ${answer#TRUE, }" ;;
        *) fail "$statement did not succeed" "$answer" ;;
    esac
}

load_sample() {
    step "4. A sample graph (examples/quickstart/sample.cypher)"
    cypher -f examples/quickstart/sample.cypher
    cypher -f examples/quickstart/everything.cypher > "$home/before.txt"
    show_counts "$home/before.txt"
}

back_up() {
    step "5. A backup"
    call neo4j "CALL ign.backup.create('Quick start')"
    local files=("$home"/fullbackup/ign_scripts_db_backup_*.json)
    [ -e "${files[0]}" ] || fail "there is no backup in $home/fullbackup"
    say "${files[0]#"$PWD"/} begins:"
    head -c 600 "${files[0]}" | tr -s ' ' | fold -w 110 | sed 's/^/   | /'
    echo
}

delete_everything() {
    step "6. Everything is deleted"
    cypher -f examples/quickstart/clear.cypher > "$home/cleared.txt"
    show_counts "$home/cleared.txt"
    [ "$counts" = "0 nodes and 0 relationships" ] || fail "the graph is not empty"
}

restore() {
    step "7. The restore, called in a session on 'system'"
    call system "CALL ign.backup.restore(null, {confirm: true})"
}

compare() {
    step "8. Is everything back?"
    cypher -f examples/quickstart/everything.cypher > "$home/after.txt"
    if ! diff "$home/before.txt" "$home/after.txt" > "$home/difference.txt"; then
        fail "the restored graph differs; see $home/difference.txt" "$(head -n 10 "$home/difference.txt")"
    fi
    [ "$(wc -l < "$home/after.txt")" -gt 5000 ] || fail "the comparison saw too little; see $home/after.txt"
    show_counts "$home/after.txt"
    say "all $(wc -l < "$home/after.txt") answers about labels, types, values, indexes and constraints are as before, among them:"
    grep -hE '"session-0", "(started|place)"|"template-1", "takes"|^"(function_name|session_place)"' "$home/after.txt" |
        sed 's/^/   | /'
    step "CALL ign.backup.status();"
    cypher 'CALL ign.backup.status() YIELD text RETURN text' | tail -n +2 | tr -d '"' | sed 's/\\n/\n/g; s/^/   /; s/[[:space:]]*$//'
}

finish() {
    local ended
    if [ "$keep" = yes ]; then
        ended="The server is still running:
   http://127.0.0.1:$http_port/ign/backup/          the page for backups
   http://127.0.0.1:$http_port/browser/             Neo4j Browser; connect to bolt://127.0.0.1:$bolt_port
   http://127.0.0.1:$http_port/ign/backup/metrics   what Prometheus reads
   user neo4j, password $(cat "$home/password")
   ${home#"$PWD"/}/cypher-shell 'CALL ign.backup.list()'
   kill $server      stops it"
        server=''
    else
        stop_server
        ended="The server has stopped; its home with the backup is ${home#"$PWD"/}."
    fi
    printf '\nDone in %s s. %s\n' "$SECONDS" "$ended"
    echo "Read next: README.md (into your own server), docs/README.md (everything else)."
}

check_tools
echo "IGN Backup, quick start: Neo4j Community $version, JDK $jdk"
mkdir -p target/quickstart
build_plugin
assemble_server
clean_environment
trap stop_server EXIT
trap 'exit 130' INT TERM HUP
make_home
start_server
load_sample
back_up
delete_everything
restore
compare
finish
