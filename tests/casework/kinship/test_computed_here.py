"""From kept profiles, a table and the drawn family to a result beside the pair."""

import pytest
import sqlalchemy as sa

from casework.profiles.actions import Typed, keep_profile
from casework.profiles.model import MarkerKind, ProfileSource
from casework.samples.actions import Taken, register_sample
from casework.samples.model import SampleKind
from casework.samples.queries import MISSING, REMAINS, open_rack
from privacy.audit.log import Deed
from privacy.audit.model import Entry

TABLE = b"Allele,D3S1358,TH01\n6,,0.25\n9.3,,0.75\n14,0.001,\n15,0.999,\n"
SAID = {"name": "Inventada 1", "population": "nadie", "source": "una prueba"}
SHARED = {"D3S1358": ["14", "14"], "TH01": ["6", "9.3"], "AMEL": ["X", "X"]}


MITOCHONDRIAL = {"mtDNA": ["16223T", "263G"]}


@pytest.fixture
def keeps(pair, database, bruno, noon):
    """Keep profiles of her mother and of the remains, the same of both."""

    def keeps(genotypes, kind=MarkerKind.AUTOSOMAL_STR):
        keep_both(pair, database, bruno, noon, genotypes, kind)

    return keeps


@pytest.fixture
def typed(pair, keeps):
    """Keep a profile of her mother and one of the remains."""
    keeps(SHARED)
    return pair


def keep_both(pair, database, bruno, noon, genotypes, kind):
    with database.transaction(bruno) as session:
        for side, number, taken in (
            (
                MISSING,
                pair.person,
                Taken(kind=SampleKind.REFERENCE_RELATIVE, relative_id=pair.mother_id),
            ),
            (REMAINS, pair.remains, Taken(kind=SampleKind.BONE)),
        ):
            rack = open_rack(session, bruno, side, number, at=noon)
            sample = register_sample(session, bruno, rack, taken, at=noon)
            read = Typed(kind=kind, source=ProfileSource.CSV, genotypes=genotypes)
            keep_profile(session, bruno, sample, read, at=noon)


def token_of(client, page):
    text = client.get(page).text
    return text.split('name="form_token" value="')[1].split('"')[0]


def bring(client, content=TABLE, **said):
    form = {"form_token": token_of(client, "/frequencies"), **SAID, **said}
    files = {"file": ("table.csv", content, "text/csv")}
    return client.post("/frequencies", data=form, files=files, follow_redirects=False)


def test_a_result_is_computed_from_what_is_kept_and_said_with_what_else_it_could_be(
    typed, database, dora
):
    amal = typed.amal()
    brought = bring(amal)
    assert brought.headers["location"] == "/frequencies/1", brought.text

    choosing = amal.get(f"{typed.page}/compute").text
    form = {"form_token": token_of(amal, f"{typed.page}/compute"), "table": "1", "theta": "0"}
    computed = amal.post(f"{typed.page}/compute", data=form, follow_redirects=False)
    assert computed.headers.get("location") == typed.page, computed.text
    page = amal.get(typed.page).text

    assert "madre" in choosing
    assert "Lo calculó reunir" in page
    assert "Inventada 1 (nadie)" in page
    assert "Si los restos fueran de una hermana o un hermano" in page
    assert "Con theta 0.03" in page
    assert "el total del ADN no lo lleva" in page
    assert "2 de cada 1,000 veces si viene del padre" in page  # as people count
    assert "Qué tan común es cada alelo se tomó de la tabla «Inventada 1»." in page
    assert "Each typed person" not in page
    with database.transaction(dora) as session:
        deeds = session.scalars(sa.select(Entry.deed).order_by(Entry.position)).all()
    assert deeds.count(Deed.FREQUENCIES_ENTERED) == deeds.count(Deed.DNA_RESULT_ENTERED) == 1


def test_what_cannot_be_computed_is_refused_in_the_readers_words(typed):
    amal = typed.amal()
    bring(amal, TABLE.replace(b"14,0.001,", b"13,0.001,"))

    form = {"form_token": token_of(amal, f"{typed.page}/compute"), "table": "1"}
    refused = amal.post(f"{typed.page}/compute", data=form, follow_redirects=False)

    assert refused.status_code == 422
    assert (
        "tiene el alelo 14 en D3S1358, y la tabla no lo conoce (va de 13 a 15)" in refused.text
    )


def test_a_table_is_refused_by_its_locus_and_another_of_its_name_too(typed, signed_in):
    amal = typed.amal()
    bring(amal)

    short = bring(amal, TABLE.replace(b"0.999", b"0.9"), name="Otra")
    again = bring(amal)
    shown = amal.get("/frequencies/1").text

    assert "En D3S1358 las frecuencias suman 0.901 y no 1" in short.text
    assert "Ya hay una tabla con ese nombre" in again.text
    assert "una prueba" in shown
    assert signed_in("lidia").get("/frequencies").status_code == 403


def test_a_line_alone_is_told_as_a_bound_and_multiplied_with_nothing(pair, keeps):
    keeps(MITOCHONDRIAL, MarkerKind.MTDNA)
    amal, where = pair.amal(), f"{pair.page}/compute"
    choosing = amal.get(where).text
    form = {"form_token": token_of(amal, where), "mt_count": "2", "mt_size": "1"}
    refused = amal.post(where, data=form, follow_redirects=False)
    form |= {"mt_count": "0", "mt_size": "2000", "mt_database": "una inventada"}

    kept = amal.post(where, data=form, follow_redirects=False)
    page = amal.get(pair.page).text

    assert "Es igual al de los restos" in choosing
    assert "no se puede ver más veces que personas hay" in refused.text
    assert kept.headers["location"] == pair.page
    assert "No se calculó un número con los loci usuales" in page
    assert "Se vio 0 veces entre 2,000 personas de la base «una inventada»" in page
    assert "al menos 670 veces más probables si los restos son de esta línea" in page
    assert "Sin un número no hay nada que multiplicar" in page


def test_without_profiles_or_with_another_institutions_it_is_said_what_to_do(pair, signed_in):
    lacking = pair.amal().get(f"{pair.page}/compute").text
    of_another = signed_in("gloria", purpose="identify").get(f"{pair.page}/compute").text

    assert "No hay ningún perfil de los restos." in lacking
    assert "Otra institución guarda los perfiles" in of_another


def test_a_family_is_looked_at_before_any_remains_and_the_page_tells_it_carefully(
    typed, database, dora, signed_in
):
    amal = typed.amal()
    bring(amal)
    here = f"/missing/{typed.person}/family-dna"

    chosen = amal.get(here).text
    looked = amal.get(f"{here}?table=1").text

    assert "madre · STR autosómicos · 3 loci" in chosen
    assert "Con los perfiles que hay hoy" in looked
    assert "Hacen falta perfiles de dos personas para saberlo." in looked
    assert "No queda en el árbol nadie vivo" in looked
    assert amal.get(f"{here}?table=9").status_code == 404
    assert signed_in("lidia").get(here).status_code == 403
    with database.transaction(dora) as session:
        read = session.scalars(
            sa.select(Entry).where(Entry.deed == Deed.PROFILE_READ).order_by(Entry.position)
        ).all()
    assert [typed.person in each.concerning for each in read] == [True, True]
