// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ICategoryRegistry} from "../interfaces/ICategoryRegistry.sol";

/// @title Categories of assets, kept by governance
contract CategoryRegistry is ICategoryRegistry, AccessManaged {
    struct Limit {
        uint128 value;
        uint48 since;
    }

    mapping(uint16 id => Category) private _categories;
    mapping(uint16 id => mapping(bytes32 subject => Limit)) private _limits;

    /// @param authority The access manager that knows governance.
    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc ICategoryRegistry
    function setCategory(uint16 id, Category calldata category_) external restricted {
        if (id == 0 || category_.requiredKinds == 0 || bytes(category_.name).length == 0) revert EmptyCategory(id);
        _categories[id] = category_;
        emit CategorySet(id, category_.name, category_.unit, category_.requiredKinds, category_.manifestSchema);
    }

    /// @inheritdoc ICategoryRegistry
    function setLimit(uint16 id, bytes32 subject, uint128 limit) external restricted {
        _setLimit(id, subject, limit);
    }

    /// @inheritdoc ICategoryRegistry
    function setLimits(uint16 id, bytes32[] calldata subjects, uint128[] calldata limits) external restricted {
        if (subjects.length != limits.length) revert LengthMismatch(subjects.length, limits.length);
        for (uint256 i; i < subjects.length; ++i) {
            _setLimit(id, subjects[i], limits[i]);
        }
    }

    /// @inheritdoc ICategoryRegistry
    function category(uint16 id) external view returns (Category memory found) {
        found = _categories[id];
        if (found.requiredKinds == 0) revert UnknownCategory(id);
    }

    /// @inheritdoc ICategoryRegistry
    function requiredKinds(uint16 id) external view returns (uint8 kinds) {
        kinds = _categories[id].requiredKinds;
        if (kinds == 0) revert UnknownCategory(id);
    }

    /// @inheritdoc ICategoryRegistry
    function limitOf(uint16 id, bytes32 subject) external view returns (uint128) {
        return _limits[id][subject].value;
    }

    /// @inheritdoc ICategoryRegistry
    function limitSince(uint16 id, bytes32 subject) external view returns (uint48) {
        return _limits[id][subject].since;
    }

    function _setLimit(uint16 id, bytes32 subject, uint128 limit) private {
        _limits[id][subject] = Limit(limit, uint48(block.timestamp));
        emit LimitSet(id, subject, limit);
    }
}
