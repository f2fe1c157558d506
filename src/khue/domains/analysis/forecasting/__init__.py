"""Forecasts: a back-test first, then the forecast with intervals that held in it. Plain tables in and out."""
