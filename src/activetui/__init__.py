"""ActiveTUI: which customers are active, who is slipping away, why, and whom to contact today."""

__version__ = "0.1.0"
