package dev.gatun.service;

/** placeholder until planned. */
public record ServiceExplanation(String text, String json) {}
