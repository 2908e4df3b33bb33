"""A shipped model with what decisions taught laid over it: numbers of their own, told apart."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from matching.factors import Factor, LearnedParameters
from matching.model_file import Model

MARK = "+"
"""Between a shipped version and the set laid over it."""


def with_factors(model: Model, of: Mapping[str, Factor], set_name: str) -> Model:
    """Let the kinds of a shipped model count by factors that people adopted.

    Parameters
    ----------
    model : Model
    of : mapping of kind to Factor
        Only of kinds that the model weighs; others are passed over, for a later model may
        weigh fewer.
    set_name : str
        Of the set; it stands in the version, after `MARK`.

    Returns
    -------
    Model
        Its hash is SHA-256 of the model's own and of the factors. See
        ``docs/methods/learning.md``.
    """
    weighed = {kind.value for kind in model.kinds}
    chosen = {kind: factor for kind, factor in sorted(of.items()) if kind in weighed}
    told = json.dumps({kind: asdict(each) for kind, each in chosen.items()})
    return replace(
        model,
        version=f"{model.version}{MARK}{set_name}",
        hash=hashlib.sha256(f"{model.hash} {told}".encode()).hexdigest(),
        learned=LearnedParameters(set_name, chosen),
    )


def shipped_version(version: str) -> str:
    """Give the shipped version under one with a set laid over it; of another, itself."""
    return version.partition(MARK)[0]
