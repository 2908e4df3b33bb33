"""Missing persons, as their relatives and institutions report them."""
