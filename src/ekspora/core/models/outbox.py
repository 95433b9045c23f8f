"""Nothing is sent without being seen: messages wait here as drafts until an officer releases them."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models.people import Agency, Person


class Message(models.Model):
    """One message to one person. WhatsApp messages are sent by hand from the prepared chat."""

    # How long an opened chat, or an email being handed over, belongs to whoever took it.
    HELD_FOR = timedelta(minutes=10)

    class Channel(models.TextChoices):
        EMAIL = "email", _("email")
        WHATSAPP = "whatsapp", _("WhatsApp")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RELEASED = "released", _("released")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="messages")
    # What it is about, e.g. "activity:7": the send queue is shown for each topic.
    topic = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40)
    # The same fact is told once: preparing it again replaces the draft.
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200, blank=True)
    # "{link}" in the body becomes a personal link at the moment of sending, so no secret is stored.
    body = models.TextField()
    link_scope = models.CharField(max_length=60, blank=True)
    link_target = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    error = models.CharField(max_length=300, blank=True)
    prepared_at = models.DateTimeField(default=now)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # Who is at it: the officer who opened the chat, or nobody while the worker sends the email.
    taken_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["agency", "topic", "state"]),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="sent_message_has_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id} ({self.state})"


class AutomaticKind(models.Model):
    """A kind of message an officer has switched to automatic: email goes out without release."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="automatic_kinds")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "kind"], name="automatic_kind_is_unique"),)

    def __str__(self) -> str:
        return self.kind
