"""Who imports whom, beyond what import-linter's contracts can say."""

import re

from tests.architecture.the_code import Source, is_below, sources

# Where rows are turned into the engine's records, or the engine is used without a registry.
REACHES_THE_ENGINE = re.compile(
    r"casework/([a-z_]+/weighing"  # one module in a slice
    # what lies warm, what bears on what, what would help, how far, what was found, what joins
    r"|candidates/(warm|joint|matchability|sensitivity|by_hand|joined_marks)"
    r"|kinship/(computing|lines|family)"  # what DNA says, from profiles that are kept
    r"|batch/[a-z_]+"  # files in, files out, no database
    r"|codes|values"  # the engine's own code lists and ranges, passed on
    r"|imports/plain_rows"  # one reading of the plain tables, for registry and engine
    r"|web/errors|web/app)\.py"  # what the engine refuses, translated for visitors
)


def strangers_to_the_engine(found):
    for source in found:
        if REACHES_THE_ENGINE.fullmatch(source.path):
            continue
        if any(name.split(".")[0] == "matching" for name in source.imports()):
            yield source.path


def web_frameworks_below_pages(found):
    """Deeds and rules that know of HTTP could not be done by a job or a command."""
    for source in found:
        name = source.path.rsplit("/", 1)[-1]
        if name not in {"actions.py", "queries.py", "rules.py", "model.py", "weighing.py"}:
            continue
        if any(
            each.split(".")[0] in {"fastapi", "starlette", "jinja2"}
            for each in source.imports()
        ):
            yield source.path


def slices_that_know_their_pages(found):
    """A slice that imports another slice's pages has two owners."""
    for source in found:
        own = "/".join(source.path.split("/")[:2]).replace("/", ".")
        for name in source.imports():
            if re.fullmatch(r"casework\.[a-z]+\.(pages|api)", name) and not name.startswith(
                own
            ):
                yield f"{source.path}: {name}"


def test_planted_imports_are_caught():
    inside = Source(
        "casework/missing/pages.py", "def f():\n    from matching.codes import Sex\n"
    )
    plain = Source("casework/missing/rules.py", "import fastapi.responses\n")
    neighbour = Source(
        "casework/missing/queries.py", "from casework.remains.pages import router"
    )

    assert list(strangers_to_the_engine([inside])) == ["casework/missing/pages.py"]
    assert list(web_frameworks_below_pages([plain])) == ["casework/missing/rules.py"]
    assert list(slices_that_know_their_pages([neighbour])) == [
        "casework/missing/queries.py: casework.remains.pages"
    ]


def test_only_the_named_modules_reach_the_engine():
    assert list(strangers_to_the_engine(sources("casework"))) == []


def test_deeds_and_rules_know_nothing_of_http():
    assert list(web_frameworks_below_pages(sources("casework"))) == []


def test_no_slice_imports_anothers_pages():
    assert list(slices_that_know_their_pages(sources("casework"))) == []


def test_matching_reads_no_files_but_its_own():
    opens = [
        source.path
        for source in sources("matching")
        for name, _ in source.calls()
        if name in {"open", "Path"} and not is_below(source.path, "matching/model_file.py")
    ]

    assert opens == []
