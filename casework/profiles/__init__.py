"""DNA profiles: what a laboratory read of a sample, sealed, and by whose leave it is opened."""
