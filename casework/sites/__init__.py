"""Places where people are found or lie: cemeteries, graves, morgues, hospitals, routes."""
