"""A model of joint reasoning is read whole or refused by the name of what it lacks."""

from importlib.resources import files

import pytest

from matching.errors import UnreadableModel
from matching.joint.parameters import SHIPPED, load_joint_model, read_joint_model

CONTENT = files("matching.joint").joinpath(SHIPPED).read_text()


def test_the_shipped_model_has_a_name_and_a_hash():
    model = load_joint_model()

    assert (model.name, len(model.hash)) == ("joint", 64)
    assert 0 < model.together < 1


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('name = "joint"', "", "does not say its name"),
        ("together = 0.5", "", "companions.together"),
        ("together = 0.5", "together = true", "companions.together"),
        ("together = 0.5", "together = 1.0", "not between 0 and 1"),
        ("same_person = 0.1", "same_person = nan", "parts.same_person"),
        ("phone_at_most = 10", "phone_at_most = 1", "phone_at_most"),
        ('grade = "own"', 'grade = "guess"', "need a source"),
        ("[parts]", "[parts", "not TOML"),
    ],
)
def test_a_model_with_a_fault_is_refused_by_its_name(old, new, names):
    assert old in CONTENT

    with pytest.raises(UnreadableModel, match=names):
        read_joint_model(CONTENT.replace(old, new).encode())
