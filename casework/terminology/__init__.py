"""The regional glossary: what each country and language says for every code."""
