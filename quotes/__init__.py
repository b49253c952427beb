"""Who said what in French news: quotation attribution and a speaker database."""

__version__ = "0.1.0"
