"""Whatever administrators try on each other, nobody decides about themselves."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.errors import CaseworkError
from casework.signin import invitations
from casework.signin.actions import add_account
from casework.signin.credentials import Invitation
from casework.signin.model import Account, Institution, InstitutionKind
from casework.signin.queries import find_account, viewer_of
from privacy.errors import PrivacyError
from privacy.permissions import DOOR, HUMAN_ROLES, Role
from tests.conftest import ADMINISTRATOR


class RandomAdministrators(RuleBasedStateMachine):
    """Administrators who try everything on everybody, themselves above all (r10)."""

    database = None
    noon = None

    @initialize()
    def begin(self):
        with self.database.transaction(ADMINISTRATOR) as session:
            self.names = ["admin", "dora"]
            registry = session.scalars(
                sa.select(Institution).where(Institution.kind == InstitutionKind.REGISTRY)
            ).one()
            for name in ("admin2", "admin3"):
                if find_account(session, name) is None:
                    add_account(
                        session,
                        ADMINISTRATOR,
                        registry,
                        sign_in_name=name,
                        display_name=name,
                        role=Role.ADMINISTRATOR,
                        at=self.noon,
                    )
                self.names.append(name)
            self.roles = {
                each.sign_in_name: each.role for each in session.scalars(sa.select(Account))
            }
        self.by_themselves = []

    def _try(self, name, deed):
        with self.database.transaction(DOOR) as session:
            viewer = viewer_of(find_account(session, name))
        try:
            with self.database.transaction(viewer) as session:
                deed(session, viewer)
        except (CaseworkError, PrivacyError, sa.exc.SQLAlchemyError):
            return False
        return True

    @rule(
        who=st.sampled_from(["admin", "admin2", "admin3", "dora"]),
        whom=st.sampled_from(["admin", "admin2", "admin3", "dora", "amal"]),
        role=st.sampled_from(HUMAN_ROLES),
    )
    def give_a_duty(self, who, whom, role):
        done = self._try(
            who,
            lambda session, viewer: invitations.change_role(
                session, viewer, find_account(session, whom), role, at=self.noon
            ),
        )
        if done:
            self.roles[whom] = role
            if who == whom:
                self.by_themselves.append((who, role))

    @rule(
        who=st.sampled_from(["admin", "admin2", "admin3", "dora"]),
        whom=st.sampled_from(["admin", "admin2", "admin3", "dora", "amal"]),
    )
    def invite_somebody(self, who, whom):
        done = self._try(
            who,
            lambda session, viewer: invitations.invite(
                session, viewer, find_account(session, whom), at=self.noon
            ),
        )
        if done and who == whom:
            self.by_themselves.append((who, "invited"))

    @rule(who=st.sampled_from(["admin", "admin2", "admin3", "dora"]))
    def confirm_everything(self, who):
        def confirm(session, viewer, number):
            invitations.confirm_invitation(
                session, viewer, session.get(Invitation, number), at=self.noon
            )

        with self.database.transaction(DOOR) as session:
            numbers = session.scalars(sa.select(Invitation.id)).all()
        for number in numbers:
            self._try(
                who, lambda session, viewer, number=number: confirm(session, viewer, number)
            )

    @invariant()
    def nobody_decided_about_themselves(self):
        if self.database is None or not hasattr(self, "roles"):
            return
        with self.database.transaction(DOOR) as session:
            for each in session.scalars(sa.select(Invitation)):
                assert each.account_id not in {each.asked_by, each.confirmed_by}
                assert each.confirmed_by is None or each.confirmed_by != each.asked_by
            accounts = session.scalars(sa.select(Account)).all()
            now = {each.sign_in_name: each.role for each in accounts}
        assert now == self.roles
        assert self.by_themselves == []


def test_r10_whatever_administrators_try_nobody_decides_about_themselves(database, noon):
    machine = type("Machine", (RandomAdministrators,), {"database": database, "noon": noon})
    case = machine.TestCase
    case.settings = settings(
        max_examples=6,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    case("runTest").runTest()


def test_r10_a_deed_that_forgot_to_ask_would_be_noticed(database, noon, monkeypatch):
    # The planted fault: everybody counts as somebody else, in the code and in the database.
    for place in ("actions", "invitations"):
        monkeypatch.setattr(
            f"casework.signin.{place}.demand_somebody_else", lambda _viewer, _account: None
        )
    machine = type("Machine", (RandomAdministrators,), {"database": database, "noon": noon})
    tried = machine()
    tried.begin()

    def act(session, viewer):
        account = find_account(session, "admin")
        invitations.invite(session, viewer, account, at=noon)

    # The second wall still stands: the row itself refuses.
    assert not tried._try("admin", act)  # noqa: SLF001 - the machine's own step
    tried.by_themselves.append(("admin", "invited"))
    with pytest.raises(AssertionError):
        tried.nobody_decided_about_themselves()
