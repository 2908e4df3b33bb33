"""A real OpenID provider (Canaille) on this machine, for as long as a test runs.

Run by `.venv-tools/bin/python`, in a process of its own: `an_openid_provider.py PORT BACK`.
"""

import sys
from datetime import UTC, datetime

from an_openid_provider_people import CLIENT, PEOPLE, SECRET
from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server


def main(port: int, back: str) -> None:
    """Make a provider that knows one client and two people, and serve it."""
    key = RSAKey.generate_key(2048, parameters={"kid": "here"})
    app = create_app(
        {
            "SECRET_KEY": "for this test only",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "CAPTCHA_ENABLED": False},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
        },
        backend=None,
    )
    with app.app_context():
        demand_all_conditions(type(Backend.instance))
        enter(back)
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


def demand_all_conditions(memory: type[Backend]) -> None:
    """Let a query find what meets all its conditions.

    Canaille's memory (0.3.6) finds what meets any of them: a code that one test left unused
    was taken for that of the next, whose proof then failed. Its databases do as is done here.
    """
    meets_any = memory.do_query

    def do_query(self: Backend, model: type, **conditions: object) -> list[object]:
        found = meets_any(self, model, **conditions)
        one_by_one = [
            {each.id for each in meets_any(self, model, **{name: value})}
            for name, value in conditions.items()
        ]
        return [each for each in found if all(each.id in ids for ids in one_by_one)]

    memory.do_query = do_query


def enter(back: str) -> None:
    """Enter the people, and the registry as the provider's client."""
    keep = Backend.instance.save
    for name, password in PEOPLE.items():
        keep(
            models.User(
                user_name=name,
                family_name=name,
                formatted_name=name,
                emails=[f"{name}@example.test"],
                password=password,
            )
        )
    client = models.Client(
        client_id=CLIENT,
        client_secret=SECRET,
        client_name="reunir",
        redirect_uris=[back],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid"],
        token_endpoint_auth_method="client_secret_basic",
        client_id_issued_at=datetime.now(UTC),
    )
    keep(client)
    client.audience = [client]
    keep(client)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
