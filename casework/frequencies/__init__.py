"""How frequent alleles are in a population: tables with their source, kept for computing."""
