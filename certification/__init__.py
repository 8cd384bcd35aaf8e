"""Certification knows what a teacher's learning is worth and proves it to others.

It owns the credit ledger, certificates with their numbers, codes and papers, and verification.
It publishes CreditPosted, CertificateIssued and CertificateRevoked.
Mission: continuing-education credits and certificates that pay, titles and awards can hang on.
"""
