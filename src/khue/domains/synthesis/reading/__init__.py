"""A report as the library's readers give it → who reports, on which period, and its passages by heading and page."""
