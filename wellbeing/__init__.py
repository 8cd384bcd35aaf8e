"""Wellbeing, the locked room: who needs care, and worries that must reach somebody today.

Knows pupils and staff (schools). Owns the ledger of pupils who need care with its signatures,
signals with their recipients and acknowledgements. Publishes CareCadenceSet, without a reason.
Demanded by the bureau's reply to proposal 61129, rows 1, 8 and 12 (预警网络, 台账, 全员导师制).
"""
