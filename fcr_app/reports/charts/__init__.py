"""Charts as SVG, drawn on the server. A table with the same figures always stands below one.

No style sheet and no ``style`` attribute, so that pages with the strictest policy can show them.
The heat map is the exception: it is a table itself, and HTML.
"""

from fcr_app.reports.charts.bands import BandRow, BandsChart, bands_chart
from fcr_app.reports.charts.capacity import CapacityChart, CapacityMonth, capacity_chart
from fcr_app.reports.charts.control import ControlChart, ControlPoint, control_chart
from fcr_app.reports.charts.heat_map import HeatCell, HeatMap, HeatRow, heat_map
from fcr_app.reports.charts.intervals import Chart, Mark, interval_chart
from fcr_app.reports.charts.pareto import Cause, ParetoChart, pareto_chart

__all__ = [
    "BandRow",
    "BandsChart",
    "CapacityChart",
    "CapacityMonth",
    "Cause",
    "Chart",
    "ControlChart",
    "ControlPoint",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Mark",
    "ParetoChart",
    "bands_chart",
    "capacity_chart",
    "control_chart",
    "heat_map",
    "interval_chart",
    "pareto_chart",
]
