"""What DNA says of a proposal: results as laboratories send them, beside the other evidence."""
