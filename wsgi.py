"""What a web server and the ``flask`` command load: ``wsgi:app``."""

import os
import sys

from config import Config, ConfigurationMissing
from fcr_app import create_app

try:
    config = Config.from_environment(os.environ)
except ConfigurationMissing as missing:
    # The operator needs the message, not thirty lines of Python above it.
    sys.exit(f"FCR Casework can't start. {missing}")

app = create_app(config.as_mapping())
