"""Pure computation: from what two records say to a weight, a rank and an explanation."""
