"""Whom the provider of the tests knows; read by the provider's process and by the tests."""

CLIENT, SECRET = "reunir", "a secret of the client, for this test only"
PEOPLE = {"rosa": "rosa's own password there", "uninvited": "another password there"}
