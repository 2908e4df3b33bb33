"""Making a PDF: tagged, with its letters, on the right paper, and asking nobody."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.documents.paper import Paper, usual_paper
from casework.documents.pdf import ReachedOutside, make_pdf

MM = 72 / 25.4  # points
SIZES = {Paper.LETTER: (8.5 * 72, 11 * 72), Paper.A4: (210 * MM, 297 * MM)}  # ISO 216; inches


def a_page(body="<p>Búsqueda</p>"):
    return f'<!doctype html><html lang="es"><title>Prueba</title><body>{body}</body></html>'


def made(html, paper=Paper.LETTER):
    return PdfReader(BytesIO(make_pdf(html, paper=paper)))


@pytest.mark.parametrize("paper", Paper)
def test_the_page_has_the_size_of_its_paper(paper):
    box = made(a_page(), paper).pages[0].mediabox

    assert (float(box.width), float(box.height)) == pytest.approx(SIZES[paper], abs=0.5)


def test_a_screen_reader_finds_language_title_and_structure():
    root = made(a_page()).trailer["/Root"]

    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_letters_are_embedded_so_that_a_sheet_looks_alike_everywhere():
    (font,) = made(a_page()).pages[0]["/Resources"]["/Font"].values()
    (descendant,) = font.get_object()["/DescendantFonts"]

    assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]


@pytest.mark.parametrize(
    "reaching",
    [
        '<img src="https://elsewhere.example/seen.png" alt="">',
        '<img src="file:///etc/hostname" alt="">',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<link rel="stylesheet" href="https://elsewhere.example/seen.css">',
        "<style>body { background: url(https://elsewhere.example/seen.png) }</style>",
        '<svg width="9" height="9"><image href="https://elsewhere.example/seen.png"/></svg>',
    ],
)
def test_a_document_that_asks_for_an_address_is_not_made(reaching):
    with pytest.raises(ReachedOutside):
        make_pdf(a_page(reaching), paper=Paper.A4)


def test_a_refused_address_is_not_repeated():
    with pytest.raises(ReachedOutside) as refused:
        make_pdf(a_page('<img src="https://elsewhere.example/x" alt="">'), paper=Paper.A4)

    assert "elsewhere" not in str(refused.value)


def test_offices_get_the_paper_of_their_country():
    usual = {country: usual_paper(country) for country in ("MX", "HN", "US", "BR", "ES", "")}

    assert usual == {
        "MX": Paper.LETTER,
        "HN": Paper.LETTER,
        "US": Paper.LETTER,
        "BR": Paper.A4,
        "ES": Paper.A4,
        "": Paper.A4,
    }
