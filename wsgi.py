"""What a web server and the ``flask`` command load: ``wsgi:app``."""

import gc
import os
import sys

from config import Config, ConfigurationMissing
from fcr_app import create_app

try:
    config = Config.from_environment(os.environ)
except ConfigurationMissing as missing:
    # The operator needs the message, without thirty lines of Python above it. Status 3 tells
    # gunicorn not to start the worker again; after any other it would, for ever.
    sys.stderr.write(f"FCR Casework can't start. {missing}\n")
    sys.exit(3)

app = create_app(config.as_mapping())

# What has been made by now stays until the process ends. Python would look through all of it for
# rubbish again and again, and every sixtieth request or so waited 150 ms for that.
gc.freeze()
