"""What holds for every connection of the application."""

import sqlalchemy as sa


def test_a_day_is_a_day_of_utc_wherever_the_server_stands(database, server):
    name = sa.make_url(database.url).database
    engine = sa.create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    with engine.connect() as far_off:
        far_off.execute(
            sa.text(f"ALTER DATABASE \"{name}\" SET timezone = 'Pacific/Kiritimati'")
        )
    engine.dispose()
    zone = sa.text("SELECT current_setting('timezone')")

    with database.engine.connect() as ours:
        assert ours.scalar(zone) == "UTC"

    # A login that is not confined takes what the server says.
    with engine.connect() as other:
        assert other.scalar(zone) == "Pacific/Kiritimati"
    engine.dispose()
