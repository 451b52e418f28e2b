/** What became of an error: the server’s fields, the file and line it comes from, and no password. */
export const errors = String.raw`
names = {
    "severity": ("severity_nonlocalized", "severity"), "message": ("message_primary", "message"),
    "detail": ("message_detail", "detail"), "hint": ("message_hint", "hint"),
    "position": ("statement_position", "position"), "internalPosition": ("internal_position",),
    "internalQuery": ("internal_query",), "where": ("context",), "schema": ("schema_name",), "table": ("table_name",),
    "column": ("column_name",), "dataType": ("datatype_name", "data_type_name"), "constraint": ("constraint_name",),
}
codes = dict(severity="V", sqlState="C", message="M", detail="D", hint="H", position="P", internalPosition="p",
             internalQuery="q", where="W", schema="s", table="t", column="c", dataType="d", constraint="n")


def reported(error):
    """What the server said, as psycopg2, psycopg, asyncpg or pg8000 keep it."""
    origin = getattr(error, "orig", None) or error
    if origin.args and isinstance(origin.args[0], dict):
        fields = {name: origin.args[0].get(code) for name, code in codes.items()}
        return {name: str(value) for name, value in fields.items() if value is not None}
    for each in (origin, origin.__cause__):
        state_ = getattr(each, "sqlstate", None) or getattr(each, "pgcode", None)
        if not state_:
            continue
        source = getattr(each, "diag", each)
        fields = {name: next((getattr(source, a) for a in given if getattr(source, a, None) is not None), None)
                  for name, given in names.items()}
        fields.update(sqlState=state_, message=fields["message"] or str(each).strip())
        return {name: str(value) for name, value in fields.items() if value is not None}
    return None


def placed(error):
    frames = [(os.path.realpath(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        return os.path.realpath(error.filename), error.lineno
    path = os.path.realpath(state["path"]) if state["path"] else None
    mine = [each for each in frames if each[0] == path]
    inside = [each for each in frames if each[0].startswith(os.path.realpath(os.getcwd()) + os.sep)
              and "site-packages" not in each[0]]
    return (mine or inside or [(None, None)])[-1]


def failed(error):
    path, line = placed(error)
    said = str(getattr(error, "orig", None) or error).strip()
    # The messages of drivers and of SQLAlchemy can quote an address with its password.
    names_ = {None, "", os.environ.get("PGUSER"), os.environ.get("PGDATABASE")}
    for secret in {os.environ.get("PGPASSWORD"), os.environ.get("DATABASE_URL")} - names_:
        said = said.replace(secret, "***")
    said = re.sub(r"(\w+://[^\s:/@]*):[^\s@/]*@", r"\1:***@", said)
    say("failed", index=state["index"], type=type(getattr(error, "orig", None) or error).__name__, message=said,
        server=reported(error), statement=getattr(error, "statement", None),
        lost=bool(getattr(error, "connection_invalidated", False)), path=path, line=line,
        refused=isinstance(error, util.CommandError), connecting=state["raw"] is None and hasattr(error, "orig"))


def strayed():
    """Nothing has run because of it; an env.py may also try another database and go on without it."""
    return state["elsewhere"] and state["index"] is None


actions = {"run": run, "stamp": stamp, "current": current, "graph": graph, "offline": offline, "revision": revision,
           "autogenerate": autogenerate, "merge": merge}
try:
    config = configuration()
    actions[request["action"]](config, ScriptDirectory.from_config(config))
    say("elsewhere", place=state["elsewhere"]) if strayed() else say("done")
except Moved as error:
    say("moved", message=str(error))
except (Stopped, KeyboardInterrupt):
    say("stopped")
except BaseException as error:
    say("elsewhere", place=state["elsewhere"]) if strayed() else failed(error)
`;
