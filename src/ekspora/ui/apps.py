from django.apps import AppConfig


class UiConfig(AppConfig):
    """Design system of every screen; holds no tables."""

    name = "ekspora.ui"
    label = "ui"
