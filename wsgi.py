"""What a web server and the ``flask`` command load: ``wsgi:app``."""

import os

from config import Config
from fcr_app import create_app

app = create_app(Config.from_environment(os.environ).as_mapping())
