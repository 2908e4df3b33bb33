"""Time and settings arrive as arguments; only the edge of the house reads them."""

import re

from tests.architecture.the_code import PACKAGES, Source, is_below, sources

CLOCK = re.compile(r"(.*\.)?(datetime\.(now|utcnow|today)|date\.today|time\.time)")
# Requests, jobs and commands begin something; what they begin is told the time.
READS_THE_CLOCK = re.compile(
    r"casework/(web/[a-z_]+|jobs/[a-z_]+|[a-z]+/commands|key_commands|demonstration/(serving|loading)|operations"
    r"|cli)\.py"
)
READS_THE_ENVIRONMENT = (
    "casework/settings.py",
    "casework/demonstration/serving.py",  # hands it on to the worker it starts
)


def clock_readers(found):
    for source in found:
        if READS_THE_CLOCK.fullmatch(source.path):
            continue
        if any(CLOCK.fullmatch(name) for name, _ in source.calls()):
            yield source.path


def environment_readers(found):
    for source in found:
        if is_below(source.path, *READS_THE_ENVIRONMENT):
            continue
        if re.search(
            r"\bos\.(environ|getenv)\b|\bfrom os import .*(environ|getenv)", source.text
        ):
            yield source.path


def test_planted_readings_are_caught():
    clocks = [
        Source("casework/missing/actions.py", "at = datetime.now(UTC)"),
        Source("matching/prior.py", "import datetime\nat = datetime.date.today()"),
    ]
    environment = Source("privacy/passwords.py", "import os\ncost = os.environ['COST']")

    assert list(clock_readers(clocks)) == [each.path for each in clocks]
    assert list(environment_readers([environment])) == ["privacy/passwords.py"]


def test_only_the_edge_reads_the_clock():
    assert list(clock_readers(sources(*PACKAGES))) == []


def test_only_the_settings_read_the_environment():
    assert list(environment_readers(sources(*PACKAGES))) == []
