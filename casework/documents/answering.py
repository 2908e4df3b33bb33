"""How a document is handed out, and what is said where none can be made."""

from fastapi.responses import Response

from casework.web.visit import Visit


def answer_pdf(pdf: bytes, name: str) -> Response:
    """Show it in the browser rather than leave a file on what may be a shared computer."""
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{name}"'},
    )


def cannot_print(visit: Visit) -> Response:
    """Say what is missing and what works meanwhile; nothing was printed or recorded."""
    return visit.show(
        "error.html",
        status=503,
        title=visit.gettext("Aquí no se pueden hacer documentos PDF"),
        sentence=visit.gettext(
            "A este servidor le falta la biblioteca Pango, que compone las páginas. Todo lo "
            "demás funciona."
        ),
        what_to_do=[
            visit.gettext(
                "Vuelva a la comparación e imprímala desde el navegador: dice lo mismo."
            ),
            visit.gettext(
                "Pida a quien administra el servidor que ejecute «reunir doctor»: dirá qué "
                "instalar."
            ),
        ],
        reference="",
    )
