// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Categories of assets
/// @notice What governance adds when a new sort of machine comes: no other contract is deployed again for it.
interface ICategoryRegistry {
    /// @param name For people, such as "compute.gpu".
    /// @param unit Unit of its capacity, such as "GPU-hour".
    /// @param requiredKinds Attestation kinds an active deed needs, as a mask.
    /// @param manifestSchema Hash of the manifest's published JSON Schema.
    struct Category {
        string name;
        string unit;
        uint8 requiredKinds;
        bytes32 manifestSchema;
    }

    event CategorySet(uint16 indexed id, string name, string unit, uint8 requiredKinds, bytes32 manifestSchema);
    event LimitSet(uint16 indexed id, bytes32 indexed subject, uint128 limit);

    error UnknownCategory(uint16 id);
    error EmptyCategory(uint16 id);
    error LengthMismatch(uint256 subjects, uint256 limits);

    /// @notice Adds or changes a category. Governance only.
    function setCategory(uint16 id, Category calldata category) external;

    /// @notice Sets the greatest plausible value of a figure; 0 takes the limit away. Governance only.
    function setLimit(uint16 id, bytes32 subject, uint128 limit) external;

    /// @notice {setLimit} for many subjects: the plausible peak of each known model. Governance only.
    function setLimits(uint16 id, bytes32[] calldata subjects, uint128[] calldata limits) external;

    /// @notice A category; reverts where there is none.
    function category(uint16 id) external view returns (Category memory);

    /// @notice Kinds an active deed of the category needs; reverts where there is none.
    function requiredKinds(uint16 id) external view returns (uint8);

    /// @notice Greatest plausible value of the figure `subject`; 0 where no limit is known.
    function limitOf(uint16 id, bytes32 subject) external view returns (uint128);

    /// @notice When that limit was set: nobody is punished for figures signed before.
    function limitSince(uint16 id, bytes32 subject) external view returns (uint48);
}
