/** What the runner can be asked for; each is one of Alembic’s own commands. */
export const actions = String.raw`
def environment(config, script, fn, **more):
    with EnvironmentContext(config, script, fn=fn, **more):
        script.run_env()


def planned(script, heads):
    """Alembic's own steps, in the order of the plan where Alembic would take the same ones in another order."""
    find = script._upgrade_revs if request["direction"] == "up" else script._downgrade_revs
    steps = list(find(request["destination"], heads))
    ids, wanted = [step.revision.revision for step in steps], request["steps"]
    if sorted(ids) != sorted(wanted):
        raise Moved("Alembic would run %s, and the plan says %s" % (", ".join(ids) or "nothing", ", ".join(wanted)))
    gc.freeze()
    # A revision leaves little behind, and each look for it takes time.
    gc.set_threshold(20000, 10, 10)
    gc.enable()
    places = {id_: place for place, id_ in enumerate(wanted)}
    return sorted(steps, key=lambda step: places[step.revision.revision])


def run(config, script):
    def steps(heads, context):
        heads = tuple(heads or ())
        if sorted(heads) != sorted(request["heads"]):
            schema = context.version_table_schema
            table = (schema + "." if schema else "") + context.version_table
            raise Moved("Alembic reads %s in %s, and Howdah reads %s" % (
                ", ".join(heads) or "nothing", table, ", ".join(request["heads"]) or "nothing"))
        found = planned(script, heads)
        # In one transaction it is enough to ask before the commit.
        each = getattr(context, "_transaction_per_migration", True)
        for index, step in enumerate(found):
            state.update(index=index, path=step.revision.path)
            say("started", index=index)
            begun = time.perf_counter()
            yield step
            state["path"] = None
            waits = each or index == len(found) - 1
            say("finished", goes_on=not waits, index=index, milliseconds=(time.perf_counter() - begun) * 1000, waits=waits)
            if waits and requests.readline().strip() != b"go":
                raise Stopped()

    environment(config, script, steps, destination_rev=request["destination"])


def stamp(config, script):
    command.stamp(config, request["heads"] or "base", purge=True)


def current(config, script):
    def steps(heads, context):
        say("heads", heads=list(heads or ()), table=context.version_table, schema=context.version_table_schema)
        return []

    environment(config, script, steps, dont_mutate=True)


def graph(config, script):
    texts = lambda value: list(util.to_tuple(value, default=()))
    for each in script.walk_revisions():
        say("revision", path=os.path.abspath(each.path), id=each.revision, parents=texts(each.down_revision),
            dependsOn=texts(each.dependencies), branchLabels=texts(getattr(each.module, "branch_labels", None)))


def lineno():
    frame, wanted = sys._getframe(1), os.path.realpath(state["path"])
    while frame is not None:
        if os.path.realpath(frame.f_code.co_filename) == wanted:
            return frame.f_lineno
        frame = frame.f_back
    return None


def offline(config, script):
    """Tells each statement that a step would send, and where in its file it comes from."""
    config.output_buffer = io.StringIO()

    def steps(heads, context):
        found = planned(script, tuple(heads or ()))
        write, send, mode = context.impl.static_output, context.impl._exec, {"on": False, "bare": False}
        # A statement is written with blanks for tabs and, for some drivers, with two percent signs for one.
        context.dialect.identifier_preparer._double_percents = False

        def _exec(construct, *more, **named):
            if isinstance(construct, str):
                return send(construct.replace("\t", "\ue000"), *more, **named)
            plain = construct.compile
            construct.compile = lambda *given, **how: str(plain(*given, **how)).replace("\t", "\ue000")
            try:
                return send(construct, *more, **named)
            finally:
                del construct.compile

        def static_output(text):
            text = text.replace("\ue000", "\t")
            word = text.strip().rstrip(";").upper()
            if mode["on"] and word in ("BEGIN", "COMMIT"):
                mode["bare"] = word == "COMMIT"
            elif mode["on"]:
                say("statement", index=state["index"], sql=text, line=lineno(), bare=mode["bare"])
            write(text)

        context.impl.static_output, context.impl._exec = static_output, _exec
        for index, step in enumerate(found):
            state.update(index=index, path=step.revision.path)
            body = step.migration_fn

            @functools.wraps(body)
            def only(body=body, **arguments):
                mode.update(on=True, bare=False)
                body(**arguments)
                mode["on"] = False

            step.migration_fn = only
            yield step
        state["path"] = None

    environment(config, script, steps, as_sql=True, starting_rev=request["heads"] or None,
                destination_rev=request["destination"])
    say("text", text=config.output_buffer.getvalue())


def revision(config, script):
    if not request["up"] and not request["down"]:
        made = command.revision(config, message=request["message"], rev_id=request["id"])
    else:
        made = script.generate_revision(request["id"], request["message"], refresh=True, imports="",
                                        upgrades=request["up"], downgrades=request["down"])
    say("created", paths=[made.path] if made else [])


def autogenerate(config, script):
    made = command.revision(config, message=request["message"], autogenerate=True)
    made = made if isinstance(made, list) else [made]
    say("created", paths=[each.path for each in made if each])


def merge(config, script):
    made = command.merge(config, request["heads"], message=request["message"])
    say("created", paths=[made.path] if made else [])
`;
