"""Signed papers: the scan of a consent form, remade without its history and sealed."""
