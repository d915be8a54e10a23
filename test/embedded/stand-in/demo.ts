// Stands in for the demo where the supervisor is tested.
export {};
