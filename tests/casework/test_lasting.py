"""What is loaded once is never looked through for garbage again."""

import gc

import pytest

from casework.lasting import lasting, look_less_often


def test_what_is_built_inside_is_not_looked_through_any_more():
    with lasting():
        built = [[] for _ in range(1_000)]
        assert not gc.isenabled()

    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(built)
    assert not any(each is built for each in gc.get_objects())


def test_garbage_is_looked_for_again_also_when_loading_fails():
    with pytest.raises(ImportError), lasting():
        raise ImportError

    assert gc.isenabled()


def test_what_a_page_makes_and_drops_is_not_looked_through_meanwhile():
    before = gc.get_threshold()
    try:
        look_less_often()
        assert gc.get_threshold() == (20_000, *before[1:])
    finally:
        gc.set_threshold(*before)
