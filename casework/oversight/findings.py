"""Findings of unusual access in sentences: what differs, from what, and where to look."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from casework.oversight.hours import NIGHT_BEGINS, NIGHT_ENDS
from casework.oversight.presenters import DEED_WORDS
from casework.oversight.unusual import Finding, Kind
from casework.signin.model import Account
from casework.web.described import Teller
from casework.web.languages import marked

KIND_WORDS: Mapping[Kind, str] = {
    Kind.ALARM: marked("Aviso de una salvaguarda"),
    Kind.VOLUME: marked("Muchos expedientes"),
    Kind.NIGHT: marked("De noche"),
    Kind.FOREIGN: marked("Otra nacionalidad"),
    Kind.REFUSALS: marked("Muchas negativas"),
    Kind.ONE_NAME: marked("Un mismo nombre"),
    Kind.ONE_PERSON: marked("Una misma persona"),
}
_SENTENCES: Mapping[Kind, str] = {
    Kind.ALARM: marked("La bitácora dice: %(deed)s. Veces en el día: %(observed)s."),
    Kind.VOLUME: marked("Vio %(observed)s expedientes en un día."),
    Kind.NIGHT: marked(
        "Vio %(observed)s expedientes entre las %(begins)s y las %(ends)s de su país;"
        " antes, de noche vio %(share)s de todo lo suyo."
    ),
    Kind.FOREIGN: marked(
        "Vio en una semana a %(observed)s personas con nacionalidad de %(country)s; en las"
        " ocho anteriores, a %(usual)s."
    ),
    Kind.REFUSALS: marked("Pidió %(observed)s veces en un día algo que no puede ver o no hay."),
    Kind.ONE_NAME: marked(
        "%(observed)s personas de %(institutions)s instituciones buscaron un mismo nombre"
        " en una semana."
    ),
    Kind.ONE_PERSON: marked(
        "%(observed)s personas de %(institutions)s instituciones abrieron este expediente"
        " en una semana."
    ),
}
_OWN_DAY = marked("Un día suyo suele ser de %(usual)s.")
_NO_HABIT = marked("Todavía no se conoce su costumbre.")
_DUTY_DAY = marked("Quienes tienen la misma función suelen llegar a %(duty)s.")


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as the page shows it, and the lines of the log behind it."""

    kind: str
    who: str
    institution: str
    day: str
    sentence: str
    href: str
    reference: str
    of_many: bool


def show_findings(
    session: Session, findings: list[Finding], teller: Teller
) -> list[ShownFinding]:
    """Put findings into words, with the names that stand behind account numbers today."""
    accounts = _accounts(session, findings)
    return [_shown(each, accounts.get(each.account_id or 0), teller) for each in findings]


def _accounts(session: Session, findings: list[Finding]) -> dict[int, Account]:
    numbers = {each.account_id for each in findings if each.account_id}
    found = (session.get(Account, number) for number in sorted(numbers))
    return {account.id: account for account in found if account is not None}


def _shown(finding: Finding, account: Account | None, teller: Teller) -> ShownFinding:
    is_person = finding.kind is Kind.ONE_PERSON
    return ShownFinding(
        kind=teller.gettext(KIND_WORDS[finding.kind]),
        who=account.display_name if account else "",
        institution=account.institution.name if account else "",
        day=teller.wording.day(finding.day) if finding.day else "",
        sentence=_sentence(finding, teller),
        href=_lines_behind(finding, account),
        reference=finding.about if is_person else "",
        of_many=finding.kind is Kind.ONE_NAME,
    )


def _sentence(finding: Finding, teller: Teller) -> str:
    number: Callable[[float | None], str] = teller.wording.number
    said = teller.gettext(_SENTENCES[finding.kind]) % {
        "deed": teller.gettext(DEED_WORDS.get(finding.about, finding.about)),
        "observed": number(finding.observed),
        "begins": f"{NIGHT_BEGINS}:00",
        "ends": f"{NIGHT_ENDS}:00",
        "share": teller.wording.share(finding.usual or 0.0),
        "country": teller.country(finding.about) if finding.kind is Kind.FOREIGN else "",
        "usual": number(finding.usual or 0),
        "institutions": number(finding.institutions),
    }
    return " ".join([said, *_compared(finding, teller)])


def _compared(finding: Finding, teller: Teller) -> list[str]:
    if finding.kind not in {Kind.VOLUME, Kind.REFUSALS}:
        return []
    if finding.usual is None:
        said = [teller.gettext(_NO_HABIT)]
    else:
        said = [teller.gettext(_OWN_DAY) % {"usual": teller.wording.number(finding.usual)}]
    if finding.duty_usual is not None:
        duty = teller.wording.number(finding.duty_usual)
        said.append(teller.gettext(_DUTY_DAY) % {"duty": duty})
    return said


def _lines_behind(finding: Finding, account: Account | None) -> str:
    if finding.kind is Kind.ONE_PERSON:
        return f"/log/about/{finding.about}"
    if finding.kind is Kind.ALARM:
        return f"/log?{urlencode({'deed': finding.about})}"
    if account is None:
        return ""
    wanted = {"account": account.sign_in_name}
    if finding.day:
        wanted["day"] = finding.day.isoformat()
    return f"/log?{urlencode(wanted)}"
