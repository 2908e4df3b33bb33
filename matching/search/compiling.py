"""The compiler's decorators under their former name; they live beside the first kernels."""

from matching.packing.compiling import SOURCES, compiled, hash_of_sources, within

__all__ = ["SOURCES", "compiled", "hash_of_sources", "within"]
