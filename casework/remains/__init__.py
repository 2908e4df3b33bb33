"""Human remains that nobody has named yet."""
