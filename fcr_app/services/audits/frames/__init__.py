"""Frames: the records that an audit draws from, each kind found by one plain statement.

``shape`` says what a frame is made of, ``reports``, ``crimes``, ``rapes`` and ``audited`` how each
kind is found, ``listed`` what another system sent; ``taking`` is the way in.
"""

from fcr_app.services.audits.frames.shape import Asked, FrameRecord, Taken
from fcr_app.services.audits.frames.taking import take_frame

__all__ = ["Asked", "FrameRecord", "Taken", "take_frame"]
