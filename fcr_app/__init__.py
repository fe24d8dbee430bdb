"""FCR Casework: the case management of a Force Crime Registrar."""

from fcr_app.app import create_app

__all__ = ["create_app"]
