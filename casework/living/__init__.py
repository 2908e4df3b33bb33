"""People alive who cannot say who they are, or who stand on a list of a hospital or shelter."""
