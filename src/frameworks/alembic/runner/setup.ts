/** Streams, imports, the configuration, and the look at each connection before it is used. */
export const setup = String.raw`
import functools, gc, importlib.util, inspect, io, json, os, re, sys, time, traceback

channel = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
os.dup2(2, 1)
requests = os.fdopen(os.dup(0), "rb")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
if sys.path and sys.path[0] == "":
    del sys.path[0]
sys.argv[:] = ["alembic"]
# Until the revisions are loaded there is nothing to collect.
gc.disable()


def say(kind, goes_on=False, **fields):
    fields["kind"] = kind
    channel.write(json.dumps(fields, default=str) + "\n")
    if not goes_on:
        channel.flush()


try:
    from alembic import command, util
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import Pool
except ImportError as error:
    say("no-alembic", message=str(error))
    sys.exit(0)

line = requests.readline()
if not line:
    sys.exit(0)
request = json.loads(line.decode("utf-8"))


class Elsewhere(Exception):
    pass


class Connecting(Exception):
    pass


class Moved(Exception):
    pass


class Stopped(Exception):
    pass


state = {"index": None, "path": None, "place": "", "elsewhere": None, "raw": None}


def configuration():
    section = request["section"]
    parameters = inspect.signature(Config).parameters
    more = {"toml_file": request["toml"]} if request["toml"] and "toml_file" in parameters else {}
    config = Config(request["ini"], ini_section=section, **more)
    for name, value in request["options"].items():
        config.set_main_option(name, value.replace("%", "%%"))
    if request.get("sqlite"):
        config.set_main_option("sqlalchemy.url", sqlite_address(config).replace("%", "%%"))
    elif request["probe"] or request["offline"]:
        config.set_main_option("sqlalchemy.url", address(config).replace("%", "%%"))
    return config


def address(config):
    """The target's address with the driver that the project has."""
    raw = config.file_config.get(request["section"], "sqlalchemy.url", raw=True, fallback="")
    scheme = raw.split(":", 1)[0]
    if not re.match(r"postgres(ql)?\+\w+$", scheme):
        scheme = "postgresql" + driver()
    scheme = scheme.replace("postgres+", "postgresql+")
    if request["offline"]:
        return scheme + "://"
    from urllib.parse import quote
    get = os.environ.get
    host, port = get("PGHOST", ""), get("PGPORT", "")
    user, password = quote(get("PGUSER", ""), safe=""), quote(get("PGPASSWORD", ""), safe="")
    place = "" if host.startswith(("/", "@")) or "," in host + port else ("[%s]" % host if ":" in host else host)
    port = ":" + port if place and port else ""
    login = user + (":" + password if password else "") + "@" if user else ""
    return scheme + "://" + login + place + port + "/" + quote(get("PGDATABASE", ""), safe="")


def sqlite_address(config):
    own = config.file_config.get(request["section"], "sqlalchemy.url", raw=True, fallback="").split(":", 1)[0]
    scheme = own if own.startswith("sqlite") else "sqlite+aiosqlite" if is_async() else "sqlite"
    return scheme + ":///" + request["sqlite"]


def is_async():
    try:
        with open(os.path.join(request["scripts"], "env.py"), encoding="utf-8", errors="replace") as file:
            return bool(re.search(r"AsyncEngine|async_engine", file.read()))
    except OSError:
        return False


def driver():
    has = lambda name: importlib.util.find_spec(name) is not None
    drivers = [("psycopg2", ""), ("psycopg", "+psycopg"), ("asyncpg", "+asyncpg"), ("pg8000", "+pg8000")]
    if is_async():
        drivers = [drivers[2], drivers[1]] + drivers
    return next((suffix for name, suffix in drivers if has(name)), "")


seen = (
    "SELECT (SELECT count(*) FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_database AS d ON d.oid = l.database"
    " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
    " AND l.classid::bigint = %d AND l.objid::bigint = %d), pg_catalog.pg_backend_pid(), current_database(), current_user,"
    " coalesce(host(pg_catalog.inet_server_addr()), 'a socket'), pg_catalog.inet_server_port()"
)


def opening(dialect, record, arguments, parameters):
    if request["offline"]:
        raise Connecting("env.py connects without asking context.is_offline_mode()")
    name = parameters.get("database") or parameters.get("dbname") or (arguments[0] if arguments else "")
    host = parameters.get("host") or ""
    state["place"] = "%s %s" % (dialect.name, "%s on %s" % (name, host) if host else name)
    state["dialect"] = dialect.name
    only = request.get("sqlite")
    if only and (dialect.name != "sqlite" or os.path.realpath(str(name)) != os.path.realpath(only)):
        state["elsewhere"] = state["place"].strip()
        raise Elsewhere(state["elsewhere"])


def opened(connection, record):
    if request.get("sqlite"):
        state["raw"] = connection
    if not request["probe"]:
        return
    place = state["place"].strip()
    if state.get("dialect", "postgresql") not in ("postgresql", "cockroachdb"):
        state["elsewhere"] = place
        raise Elsewhere(place)
    cursor = connection.cursor()
    cursor.execute(seen % tuple(request["probe"]))
    found, pid, database, user, host, port = cursor.fetchone()
    if not found:
        state["elsewhere"] = "database %s on %s%s as %s" % (database, host, ":%s" % port if port else "", user)
        cursor.close()
        raise Elsewhere(state["elsewhere"])
    for name, value in request["limits"].items():
        cursor.execute("SET %s = %d" % (name, value))
    cursor.close()
    connection.commit()
    state["raw"] = connection
    listen(connection)
    say("connected", pid=pid)


class Notices:
    """Where psycopg2 puts what the server says; SQLAlchemy empties its own list after each statement."""

    def append(self, text):
        # pg8000 has the fields of the message by their letters.
        text = text.get(b"M", b"").decode("utf-8", "replace") if isinstance(text, dict) else str(text)
        say("notice", message=re.sub(r"^\w+:\s+", "", text.strip()))


def listen(connection):
    if hasattr(connection, "notices"):
        connection.notices = Notices()
    elif hasattr(connection, "add_notice_handler"):
        connection.add_notice_handler(lambda notice: say("notice", message=notice.message_primary))


event.listen(Engine, "do_connect", opening)
event.listen(Pool, "connect", opened)
`;
