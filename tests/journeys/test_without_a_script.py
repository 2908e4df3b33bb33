"""What matters most works where no script runs: on an old telephone, in a strict office."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PROCESS = Path("/proc/self")
MB = 2**20


@pytest.fixture
def plain(visit):
    """Let somebody of the cast in, in a browser that runs nothing."""
    return lambda name: visit(name, javascript=False)


@pytest.fixture(scope="module")
def kept():
    """What the tests of this file file once, by whichever comes first."""
    return {}


@pytest.fixture
def file(plain, kept):
    """The file of a report, filed and given its consents without a script."""
    if "file" not in kept:
        page = plain("liaison")
        page.goto("/missing/new")
        page.fill("[name=reporter_name]", "Rosa Inventada")
        page.check("[name=consent][value=granted]")
        page.fill("[name=given_names]", "Plácida Inventada")
        page.fill("[name=surname_1]", "Ixcoy")
        page.click("text=Guardar el reporte")
        kept["file"] = page.url
    return kept["file"]


def test_a_report_is_filed_and_a_step_of_it_completed(plain, file):
    page = plain("liaison")
    page.goto(f"{file}/record/looks")

    page.fill("[name=said_by]", "Su hermana")
    page.fill("#hair_style", "una trenza larga")
    page.click("text=Guardar y ver el expediente")

    assert page.url == file
    assert "una trenza larga" in page.inner_text("main")


def test_somebody_is_found_by_a_misspelt_name(plain, file):
    page = plain("liaison")

    page.fill("#find", "Placida Iscoi")
    page.click("header .find button")
    page.click(f".hit a[href$='{file.rsplit('/', 1)[1]}']")

    assert page.url == file


def test_a_consent_is_taken_back(plain, file):
    page = plain("liaison")
    page.goto(f"{file}/consents")

    page.click("text=Retirar todo lo suyo")
    page.click("text=Retirar ahora")

    assert "Nada vale ahora: todo está cerrado." in page.inner_text("main")


def test_an_office_asks_another_for_something(plain):
    page = plain("liaison")
    page.goto("/desk/new")

    page.select_option("[name=to]", index=1)
    page.fill("[name=words]", "¿Qué días se atiende a las familias?")
    page.get_by_role("button", name="Enviar", exact=True).click()

    assert re.search(r"/desk/\d+\?done=sent", page.url)
    assert "¿Qué días se atiende a las familias?" in page.inner_text("main")


def test_remains_are_examined(plain):
    page = plain("examiner")
    page.goto("/remains/new")
    page.fill("[name=post_mortem_number]", "PM-SIN-GUION-1")
    page.click("main form .actions .button--primary")
    remains = page.url

    page.goto(f"{remains}/examinations")
    page.click("#exam-photography-done")
    assert "1 de 9 resueltos" in page.inner_text("main")
    page.goto(f"{remains}/skeleton")
    page.fill("[name=dictated]", "cráneo completo, fémur izq ausente")
    page.click("[value=dictate]")

    assert "% de los huesos de una persona" in page.inner_text("main")
    assert page.input_value("[name=dictated]") == ""


def peak_mb():
    """Say how much memory this process, which is the server, held at its most."""
    told = re.search(r"VmHWM:\s+(\d+) kB", (PROCESS / "status").read_text("ascii"))
    return int(told[1]) / 1024


@pytest.mark.skipif(not PROCESS.exists(), reason="Linux tells how much memory was held")
def test_a_photograph_of_80_mb_is_refused_by_a_server_that_never_holds_it(
    plain, file, tmp_path
):
    photograph = tmp_path / "foto.jpg"
    with photograph.open("wb") as written:
        written.write(b"\xff\xd8\xff")
        written.truncate(80 * MB)
    page = plain("liaison")
    page.goto(f"{file}/photos")
    page.set_input_files("#photo", photograph)
    page.select_option("[name=kind]", index=1)
    page.select_option("[name=people_shown]", index=1)
    page.fill("[name=taken_from]", "2024-12")
    (PROCESS / "clear_refs").write_text("5", "ascii")  # the most is counted from here
    before = peak_mb()

    page.click("text=Guardar la fotografía")

    assert "pesa más de 25 MB" in page.inner_text("#photo-error")
    assert page.input_value("[name=taken_from]") == "2024-12"
    grew = peak_mb() - before
    # The page takes 25 MB: one byte more of it is read, and the rest lies on the disk.
    assert grew < 2 * 25 + 10, f"grew by {grew:.0f} MB"
