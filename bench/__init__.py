"""Measures the service on a loaded force. Run it as ``script/bench``; nothing here is shipped."""
