"""What a family tree says, in words."""

from casework.pedigree.tree import Sampling, TreeSex, Twins
from casework.web.languages import marked

SEX_WORDS = {
    TreeSex.FEMALE: marked("mujer"),
    TreeSex.MALE: marked("hombre"),
    TreeSex.UNKNOWN: marked("no se sabe"),
}
SAMPLING_WORDS = {
    Sampling.NOT_ASKED: marked("no se le ha preguntado por su muestra"),
    Sampling.AVAILABLE: marked("puede dar su muestra"),
    Sampling.SAMPLED: marked("muestra tomada"),
    Sampling.REFUSED: marked("prefiere no dar su muestra"),
    Sampling.UNREACHABLE: marked("no se le encuentra"),
}
TWINS_WORDS = {
    Twins.IDENTICAL: marked("idénticos"),
    Twins.FRATERNAL: marked("no idénticos"),
    Twins.UNKNOWN: marked("no se sabe si son idénticos"),
}
# What can be added to somebody, in few choices.
ADDED_WORDS = {
    "mother": marked("su madre"),
    "father": marked("su padre"),
    "child": marked("una hija o un hijo"),
    "sibling": marked("una hermana o un hermano de la misma madre y el mismo padre"),
    "half_mother": marked("una hermana o un hermano solo por la madre"),
    "half_father": marked("una hermana o un hermano solo por el padre"),
    "partner": marked("su pareja"),
}
# Where somebody registered may stand; what a file says of them is often less than this.
PLACE_WORDS = {
    "mother": marked("madre"),
    "father": marked("padre"),
    "sibling": marked("hermana o hermano"),
    "half_sibling_maternal": marked("hermana o hermano por parte de madre"),
    "half_sibling_paternal": marked("hermana o hermano por parte de padre"),
    "child": marked("hija o hijo"),
    "grandmother_maternal": marked("abuela materna"),
    "grandfather_maternal": marked("abuelo materno"),
    "grandmother_paternal": marked("abuela paterna"),
    "grandfather_paternal": marked("abuelo paterno"),
    "aunt_uncle_maternal": marked("tía o tío por parte de madre"),
    "aunt_uncle_paternal": marked("tía o tío por parte de padre"),
    "cousin_maternal": marked("prima o primo por parte de madre"),
    "cousin_paternal": marked("prima o primo por parte de padre"),
    "niece_nephew": marked("sobrina o sobrino"),
    "grandchild": marked("nieta o nieto"),
    "partner": marked("pareja"),
}
