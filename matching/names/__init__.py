"""What a name is: its letters, parts and sounds, and how common its parts are by country.

`letters` and `parts` take a name apart, `sounds` says how a part is heard, `nearness` how two
parts may be one, `nicknames` and `frequencies` hold what is known of names; `kernels` does the
same for millions. Method: `docs/methods/names.md`.
"""
