"""Charts as SVG, drawn on the server. A table with the same figures always stands below one.

No style sheet and no ``style`` attribute, so that pages with the strictest policy can show them.
"""

from fcr_app.reports.charts.intervals import Chart, Mark, interval_chart

__all__ = ["Chart", "Mark", "interval_chart"]
