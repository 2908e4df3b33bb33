"""What is said of samples, in words. Kinds and states are those of the data set's lists."""

from casework.dataset.code_lists.health import SAMPLE_KIND, SAMPLE_STATE
from casework.samples.model import Happening, SampleKind, SampleState
from casework.web.languages import marked

KIND_WORDS = {each: SAMPLE_KIND.words[each.value] for each in SampleKind}
STATE_WORDS = {each: SAMPLE_STATE.words[each.value] for each in SampleState}
HAPPENING_WORDS = {
    Happening.HANDED_OVER: marked("cambió de manos"),
    Happening.STATE: marked("cómo va el análisis"),
    Happening.SERVES_ALSO: marked("sirve también a otro expediente"),
}
# What is written of a sample, and of a hand-over: key, and its label.
SAMPLE_DETAILS = {
    "label": marked("Qué dice la etiqueta del tubo o sobre"),
    "element": marked("De qué parte: qué hueso, qué diente, qué objeto"),
    "collected_by": marked("Quién la tomó"),
    "place": marked("Dónde se tomó"),
    "kit": marked("Equipo de toma"),
    "laboratory": marked("Laboratorio"),
    "retained_where": marked("Dónde se guarda"),
}
ENTRY_DETAILS = {
    "from": marked("Quién la entregó"),
    "to": marked("Quién la recibió"),
    "place": marked("Dónde"),
    "seal": marked("Número del sello"),
    "document": marked("Acta o recibo"),
    "note": marked("Algo más"),
}
