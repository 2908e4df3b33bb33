"""Lists about people: who is whose, documents, ways of life. All are our own."""

from casework.dataset.shape import CodeList
from casework.web.languages import marked

RELATIONSHIP = CodeList(
    "relationship",
    {
        "mother": marked("madre"),
        "father": marked("padre"),
        "daughter": marked("hija"),
        "son": marked("hijo"),
        "sister": marked("hermana"),
        "brother": marked("hermano"),
        "half_sibling_maternal": marked("hermana o hermano por parte de madre"),
        "half_sibling_paternal": marked("hermana o hermano por parte de padre"),
        "grandparent_maternal": marked("abuela o abuelo por parte de madre"),
        "grandparent_paternal": marked("abuela o abuelo por parte de padre"),
        "grandchild": marked("nieta o nieto"),
        "aunt_uncle_maternal": marked("tía o tío por parte de madre"),
        "aunt_uncle_paternal": marked("tía o tío por parte de padre"),
        "niece_nephew": marked("sobrina o sobrino"),
        "cousin": marked("prima o primo"),
        "spouse": marked("esposa o esposo"),
        "partner": marked("pareja"),
        "ex_partner": marked("expareja"),
        "step_parent": marked("madrastra o padrastro"),
        "step_child": marked("hijastra o hijastro"),
        "step_sibling": marked("hermanastra o hermanastro"),
        "adoptive_parent": marked("madre o padre por adopción"),
        "adoptive_child": marked("hija o hijo por adopción"),
        "adoptive_sibling": marked("hermana o hermano por adopción"),
        "parent_in_law": marked("suegra o suegro"),
        "child_in_law": marked("nuera o yerno"),
        "sibling_in_law": marked("cuñada o cuñado"),
        "godparent": marked("madrina o padrino"),
        "friend": marked("amistad"),
        "travel_companion": marked("compañía de viaje"),
        "neighbour": marked("vecindad"),
        "employer": marked("persona para quien trabajaba"),
        "organisation": marked("albergue u organización"),
        "consulate": marked("consulado"),
        "other": marked("otra relación"),
    },
)
BIOLOGICAL = CodeList(
    "biological",
    {
        "yes": marked("sí, de sangre"),
        "no": marked("no, de crianza o por otro lazo"),
        "not_asked": marked("no se preguntó"),
    },
)
READING = CodeList(
    "reading",
    {
        "alone": marked("lee y escribe"),
        "with_help": marked("lee con ayuda"),
        "not": marked("no lee: se le explica de palabra"),
    },
)
REPORTED_TO = CodeList(
    "reported_to",
    {
        "police": marked("policía"),
        "prosecutor": marked("fiscalía o ministerio público"),
        "search_commission": marked("comisión de búsqueda"),
        "national_register": marked("registro nacional de personas desaparecidas"),
        "consulate": marked("consulado"),
        "red_cross": marked("Cruz Roja"),
        "human_rights_office": marked("defensoría de derechos humanos"),
        "organisation": marked("organización o colectivo"),
        "forensic_service": marked("servicio forense"),
        "press_or_network": marked("prensa o redes sociales"),
        "other": marked("otro lugar"),
    },
)
COMPLAINT = CodeList(
    "complaint",
    {
        "yes": marked("sí, hay denuncia"),
        "no": marked("no hay denuncia"),
        "refused": marked("no quisieron recibirla"),
        "afraid": marked("la familia tiene miedo de denunciar"),
    },
)
CASE_STATE = CodeList(
    "case_state",
    {
        "open": marked("abierto"),
        "no_answer": marked("sin respuesta"),
        "closed": marked("cerrado"),
    },
)
SECURITY_CONCERN = CodeList(
    "security_concern",
    {
        "extortion": marked("extorsión"),
        "threat": marked("amenazas"),
        "trafficker": marked("traficantes de personas"),
        "state_actor": marked("agentes del Estado"),
        "domestic_violence": marked("violencia en la familia"),
        "other": marked("otro riesgo"),
    },
)
GENDER_IDENTITY = CodeList(
    "gender_identity",
    {
        "cis": marked("la del sexo que le registraron"),
        "trans_woman": marked("mujer trans"),
        "trans_man": marked("hombre trans"),
        "non_binary": marked("persona no binaria"),
        "other": marked("otra identidad"),
        "not_asked": marked("no se preguntó"),
    },
)
MARITAL_STATUS = CodeList(
    "marital_status",
    {
        "single": marked("soltera o soltero"),
        "married": marked("casada o casado"),
        "union": marked("en unión libre"),
        "separated": marked("separada o separado"),
        "divorced": marked("divorciada o divorciado"),
        "widowed": marked("viuda o viudo"),
    },
)
EDUCATION = CodeList(
    "education",
    {
        "none": marked("no fue a la escuela"),
        "primary": marked("primaria"),
        "lower_secondary": marked("secundaria"),
        "upper_secondary": marked("bachillerato o preparatoria"),
        "technical": marked("carrera técnica"),
        "university": marked("universidad"),
    },
)
OCCUPATION = CodeList(
    "occupation",
    {
        "farming": marked("campo o ganado"),
        "fishing": marked("pesca"),
        "construction": marked("construcción"),
        "factory": marked("fábrica o maquila"),
        "domestic_work": marked("trabajo en casas"),
        "care": marked("cuidado de personas"),
        "cooking": marked("cocina o restaurante"),
        "trade": marked("comercio o ventas"),
        "transport": marked("transporte"),
        "craft": marked("oficio o taller"),
        "mining": marked("minería"),
        "security": marked("vigilancia, policía o ejército"),
        "office": marked("oficina"),
        "health_education": marked("salud o enseñanza"),
        "student": marked("estudia"),
        "home": marked("trabajo en su hogar"),
        "none": marked("sin trabajo"),
        "other": marked("otra ocupación"),
    },
)
RELIGION = CodeList(
    "religion",
    {
        "catholic": marked("católica"),
        "evangelical": marked("evangélica o protestante"),
        "adventist": marked("adventista"),
        "jehovahs_witness": marked("testigo de Jehová"),
        "latter_day_saint": marked("mormona"),
        "orthodox": marked("cristiana ortodoxa"),
        "muslim": marked("musulmana"),
        "jewish": marked("judía"),
        "hindu": marked("hindú"),
        "buddhist": marked("budista"),
        "sikh": marked("sij"),
        "vodou": marked("vudú"),
        "afro_american": marked("santería u otra de origen africano"),
        "indigenous": marked("espiritualidad indígena"),
        "none": marked("ninguna"),
        "other": marked("otra religión"),
    },
)
DISABILITY = CodeList(
    "disability",
    {
        "walking": marked("para caminar o moverse"),
        "seeing": marked("para ver"),
        "hearing": marked("para oír"),
        "speaking": marked("para hablar"),
        "learning": marked("para entender o aprender"),
        "mental": marked("de salud mental"),
        "self_care": marked("para cuidarse sin ayuda"),
    },
    "Washington Group",
)
PREGNANT = CodeList(
    "pregnant",
    {
        "yes": marked("embarazada"),
        "possibly": marked("quizá embarazada"),
        "no": marked("sin embarazo"),
    },
)
DOCUMENT = CodeList(
    "document",
    {
        "national_id": marked("documento nacional de identidad"),
        "curp": marked("CURP"),
        "passport": marked("pasaporte"),
        "birth_certificate": marked("acta de nacimiento"),
        "consular_id": marked("matrícula consular"),
        "voter_card": marked("credencial para votar"),
        "driver_licence": marked("licencia de conducir"),
        "military_card": marked("cartilla militar"),
        "asylum_paper": marked("papel de asilo o refugio"),
        "migration_form": marked("papel de migración"),
        "deportation_record": marked("constancia de retorno o deportación"),
        "sim_registration": marked("registro de tarjeta SIM"),
        "school_or_health_card": marked("carné de escuela o de salud"),
        "other": marked("otro documento"),
    },
)
BELONGS = CodeList(
    "belongs",
    {
        "certain": marked("con seguridad"),
        "probable": marked("probablemente"),
        "doubtful": marked("es dudoso"),
    },
)
SCRIPT = CodeList(
    "script",
    {
        "Latn": marked("letras latinas"),
        "Arab": marked("letras árabes"),
        "Beng": marked("letras bengalíes"),
        "Cyrl": marked("letras cirílicas"),
        "Deva": marked("letras devanagari"),
        "Ethi": marked("letras etíopes"),
        "Hans": marked("caracteres chinos"),
    },
    "ISO 15924",
)
SOURCE_OF_NAME = CodeList(
    "source_of_name",
    {
        "document": marked("un documento"),
        "paper_note": marked("un papel escrito"),
        "phone": marked("un teléfono"),
        "engraving": marked("algo grabado o bordado"),
        "tattoo": marked("un tatuaje"),
        "witness": marked("alguien que lo dijo"),
        "other": marked("otra cosa"),
    },
)
